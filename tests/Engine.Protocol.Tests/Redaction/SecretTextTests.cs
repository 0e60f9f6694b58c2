using Google.Protobuf;
using Google.Protobuf.Reflection;
using Wire = Engine.Protocol.V1;

namespace Engine.Protocol.Tests;

public class SecretTextTests
{
    private const string Secret = "hunter2-do-not-show";

    // Found by reflection: a message that is added with a secret field is in here without anyone having to remember.
    public static TheoryData<string> SecretMessages =>
        [.. AllMessages().Where(m => SecretFields(m).Any()).Select(m => m.FullName)];

    [Theory]
    [MemberData(nameof(SecretMessages))]
    public void The_text_of_a_message_does_not_hold_its_secrets(string name)
    {
        MessageDescriptor descriptor = AllMessages().Single(m => m.FullName == name);
        IMessage message = descriptor.Parser.ParseFrom([]);
        foreach (FieldDescriptor field in SecretFields(descriptor))
        {
            field.Accessor.SetValue(message, Secret);
        }

        Assert.DoesNotContain(Secret, message.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_secret_of_the_contract_is_looked_at() =>
        Assert.Equivalent(new[] { "engine.v1.RegistryCredential", "engine.v1.SignInResponse" }, SecretMessages.Select(r => r.Data));

    [Fact]
    public void A_message_that_holds_a_credential_does_not_show_it_either()
    {
        var credential = new RegistryCredential
        {
            Username = "ann",
            Password = Secret,
            IdentityToken = Secret,
            RegistryToken = Secret,
        };
        object[] holders =
        [
            credential,
            new ImagePull { Reference = "a", Credential = credential },
            new ImagePush { Reference = "a", Credential = credential },
            new RepositorySearch { Term = "a", Credential = credential },
            new RegistrySignIn { Registry = "a", IdentityToken = Secret },
            new ImagePull { Reference = "a", Credential = credential }.ToWire(),
            new ImagePush { Reference = "a", Credential = credential }.ToWire(),
            new RepositorySearch { Term = "a", Credential = credential }.ToWire(),
            new ManifestList { Reference = "a" }.ToWire(false, credential),
            new Wire.SignInRequest { Registry = "a", Credential = credential.ToWire() },
        ];
        Assert.All(holders, holder => Assert.DoesNotContain(Secret, holder.ToString(), StringComparison.Ordinal));
    }

    private static IEnumerable<MessageDescriptor> AllMessages() =>
        typeof(Wire.SignInRequest).Assembly.GetTypes()
            .Where(t => typeof(IMessage).IsAssignableFrom(t) && !t.IsAbstract)
            .Select(t => ((IMessage)Activator.CreateInstance(t)!).Descriptor);

    private static IEnumerable<FieldDescriptor> SecretFields(MessageDescriptor message) =>
        message.Fields.InFieldNumberOrder().Where(f => f.GetOptions()?.DebugRedact == true);
}
