return await Engine.Daemon.Hosting.EngineProcess.RunAsync(args);
