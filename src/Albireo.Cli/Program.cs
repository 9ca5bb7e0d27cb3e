return Albireo.Cli.AlbireoProgram.Run(args);
