namespace Engine.Core.Containers.Names;

/// <summary>The second halves of generated names: people of science and computing.</summary>
internal static class Surnames
{
    public static readonly string[] All =
    [
        "abel", "aiken", "allen", "ampere", "archimedes", "avicenna", "babbage", "backus", "banach", "bardeen",
        "bartik", "bayes", "bell", "bernoulli", "bessel", "blackwell", "bohr", "boltzmann", "bolyai", "boole",
        "borg", "bose", "brahe", "brahmagupta", "brooks", "cantor", "carson", "cauchy", "cavendish", "cerf",
        "chandrasekhar", "chebyshev", "church", "codd", "conway", "copernicus", "cray", "curie", "darwin",
        "dedekind", "descartes", "diffie", "dijkstra", "dirac", "easley", "einstein", "elion", "ellis", "engelbart",
        "eratosthenes", "erdos", "euclid", "euler", "faraday", "fermat", "fermi", "feynman", "fibonacci", "floyd",
        "fourier", "franklin", "galileo", "galois", "gauss", "germain", "gibbs", "godel", "goldberg", "goodall",
        "gosper", "granville", "hamilton", "hamming", "hawking", "heisenberg", "hellman", "herschel", "hertz",
        "hilbert", "hoare", "hodgkin", "hollerith", "hooke", "hopper", "hubble", "hypatia", "jacobi", "jacquard",
        "jennings", "johnson", "joliot", "joule", "kalman", "karp", "kay", "kepler", "khayyam", "kildall", "knuth",
        "kolmogorov", "kovalevskaya", "lagrange", "lamarr", "lamport", "laplace", "leavitt", "legendre", "leibniz",
        "liskov", "lorentz", "lovelace", "markov", "matsumoto", "maxwell", "mayer", "mccarthy", "mcclintock",
        "mcnulty", "meitner", "mendel", "mendeleev", "merkle", "milner", "minsky", "mirzakhani", "moore", "morse",
        "napier", "naur", "newell", "newton", "nightingale", "nobel", "noether", "ohm", "oppenheimer", "pascal",
        "pasteur", "pauli", "payne", "peano", "perlman", "planck", "poincare", "poisson", "postel", "ptolemy",
        "pythagoras", "raman", "ramanujan", "riemann", "ritchie", "rivest", "robinson", "roentgen", "rubin",
        "rutherford", "sagan", "salk", "sammet", "schrodinger", "shamir", "shannon", "shaw", "simon", "sinoussi",
        "somerville", "spence", "stallings", "steinmetz", "stokes", "strachey", "stroustrup", "sutherland",
        "swirles", "tarjan", "taussig", "tesla", "thales", "thompson", "torvalds", "turing", "ulam", "vaughan",
        "villani", "viterbi", "volta", "wallace", "wegener", "weierstrass", "wescoff", "wiener", "wilbur", "wilkes",
        "wilkinson", "wing", "wirth", "wright", "wu", "yalow", "yao", "yonath", "zuse",
    ];
}
