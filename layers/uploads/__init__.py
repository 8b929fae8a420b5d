"""Files that people bring in through the browser: looked into, mapped, tried and taken into a layer."""
