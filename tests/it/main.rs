fn main() {}
mod measure_acts;
