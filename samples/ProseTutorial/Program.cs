// prose's tutorial: dotnet run -c Release --project samples/ProseTutorial -- FOLDER
Albireo.Samples.ProseTutorial.Run(args.Length > 0 ? args[0] : "prose-tutorial", Console.Out, CancellationToken.None);
