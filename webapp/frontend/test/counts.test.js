import assert from "node:assert/strict";
import { test } from "node:test";
import { countDrawn } from "../src/counts.js";

const at = (x, y) => ({ type: "Point", coordinates: [x, y] });

test("a road that spans two tiles is one road", () => {
  const part = { id: 7, geometry: at(0, 0), properties: { status: "desa" } };
  const { total, byChoice } = countDrawn([part, { ...part, geometry: at(1, 0) }], "status");
  assert.equal(total, 1);
  assert.equal(byChoice.get("desa"), 1);
});

test("two cells with the same number are two cells, though each is drawn as circle and as number", () => {
  const cell = { geometry: at(0, 0), properties: { n: 40, kind: "sampah" } };
  const beside = { ...cell, geometry: at(1, 0) };
  const { total, byChoice, crowded } = countDrawn([cell, cell, beside], "category");
  assert.equal(total, 80);
  assert.equal(byChoice.size, 0);
  assert.ok(crowded);
});

test("points near by are counted by their choice", () => {
  const points = ["sd", "sd", "smp"].map((kind, id) => ({ id, geometry: at(0, id), properties: { kind } }));
  const { byChoice, crowded } = countDrawn(points, "kind");
  assert.deepEqual([...byChoice], [["sd", 2], ["smp", 1]]);
  assert.ok(!crowded);
});
