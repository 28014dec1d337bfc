"""What a bibliography is: frozen values, no input or output, standard library only."""
