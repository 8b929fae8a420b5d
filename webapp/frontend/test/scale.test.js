import assert from "node:assert/strict";
import { test } from "node:test";
import { metresPerPixel, roundLength, scaleDenominator } from "../src/scale.js";

test("at zoom 0 the equator fits one tile, and a zoom more halves the metres", () => {
  assert.ok(Math.abs(metresPerPixel(0, 0) * 512 - 40_075_016.686) < 0.001);
  assert.equal(metresPerPixel(5, 0) / metresPerPixel(6, 0), 2);
});

test("at 60 degrees a pixel shows half of what it shows on the equator", () => {
  assert.ok(Math.abs(metresPerPixel(10, 60) / metresPerPixel(10, 0) - 0.5) < 1e-9);
});

test("25 m on a quarter of a millimetre is a scale of 1 : 100,000", () => {
  assert.equal(scaleDenominator(25, 0.25), 100_000);
  assert.equal(scaleDenominator(21.83, 0.25), 87_000);
});

test("a scale bar has a round length that fits", () => {
  assert.deepEqual([999, 1000, 2400, 7300].map(roundLength), [500, 1000, 2000, 5000]);
});
