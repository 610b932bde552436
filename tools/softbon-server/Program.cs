using SoftBoN.Server;
using SoftBoN.Server.Load;

if (args is ["load", .. string[] rest])
{
    return await LoadCommand.Run(rest);
}

await using WebApplication app = ServerApp.Create(args);
await app.RunAsync();
return 0;
