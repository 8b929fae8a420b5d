import assert from "node:assert/strict";
import { test } from "node:test";
import { exifOf, standUpright, withExif } from "../src/exif.js";

/** A JPEG's first bytes: JFIF, then Exif with one tag, the orientation, in either order of bytes. */
function phonePhoto(orientation, little) {
  const exif = new Uint8Array(2 + 2 + 6 + 8 + 2 + 12 + 4);
  const view = new DataView(exif.buffer);
  view.setUint16(0, 0xffe1);
  view.setUint16(2, exif.length - 2);
  exif.set([0x45, 0x78, 0x69, 0x66, 0, 0], 4);
  view.setUint16(10, little ? 0x4949 : 0x4d4d);
  view.setUint16(12, 42, little);
  view.setUint32(14, 8, little);
  view.setUint16(18, 1, little);
  view.setUint16(20, 0x0112, little);
  view.setUint16(22, 3, little);
  view.setUint32(24, 1, little);
  view.setUint16(28, orientation, little);
  const jfif = [0xff, 0xe0, 0, 4, 1, 2];
  return new Uint8Array([0xff, 0xd8, ...jfif, ...exif, 0xff, 0xda, 0, 2, 9, 9, 0xff, 0xd9]);
}

for (const little of [true, false]) {
  test(`what a photo tells is found, and says upright afterwards (${little ? "little" : "big"} endian)`, () => {
    const segment = exifOf(phonePhoto(6, little));
    assert.ok(segment);
    assert.equal(new DataView(segment.buffer).getUint16(28, little), 6);
    standUpright(segment);
    assert.equal(new DataView(segment.buffer).getUint16(28, little), 1);
  });
}

test("it is put at the front of the scaled photo", async () => {
  const segment = exifOf(phonePhoto(6, true));
  assert.ok(segment);
  const scaled = new Uint8Array([0xff, 0xd8, 0xff, 0xdb, 0, 2, 0xff, 0xda]);
  const joined = new Uint8Array(await withExif(scaled, segment).arrayBuffer());
  assert.deepEqual(exifOf(joined), segment);
  assert.equal(joined.length, scaled.length + segment.length);
});

test("a photo that tells nothing, or lies about its length, tells nothing", () => {
  assert.equal(exifOf(new Uint8Array([0xff, 0xd8, 0xff, 0xdb, 0, 2, 0xff, 0xda, 0, 2, 1, 1, 1, 1])), null);
  const lying = phonePhoto(6, true);
  lying[10] = 0xff;
  assert.equal(exifOf(lying), null);
  for (let length = 10; length < 40; length++) standUpright(phonePhoto(6, true).slice(8, 8 + length));
});
