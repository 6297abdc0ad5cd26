# What the machine decides: numbers with a fraction, and how many times something ran, unless it never did.
s/-?[0-9]+\.[0-9]+|[1-9][0-9]*( times)/#\1/g
