// The Schmidt notebook: dotnet run -c Release --project samples/SchmidtNotebook -- FOLDER
Albireo.Samples.SchmidtNotebook.Run(args.Length > 0 ? args[0] : "schmidt-notebook", Console.Out, CancellationToken.None);
