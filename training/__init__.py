"""Makes the weights of the reader. Not installed with the package; needs the ``train`` extra."""
