"""What can be computed about places: arrays, frames and geometries in, arrays and frames out."""
