// What a phone's photo tells about itself: taken along when the photo is scaled, for the server to read and throw away.

const APP1 = 0xe1;
const SCAN = 0xda;
const ORIENTATION = 0x0112;
const ENTRY_BYTES = 12;

/**
 * Find the Exif segment of a JPEG, marker and length included.
 * @param {Uint8Array} jpeg
 * @returns {Uint8Array<ArrayBuffer> | null}
 */
export function exifOf(jpeg) {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  let at = 2;
  while (at + 10 < jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== SCAN) {
    const end = at + 2 + view.getUint16(at + 2);
    const isExif = jpeg[at + 1] === APP1 && view.getUint32(at + 4) === 0x45786966; // "Exif"
    if (isExif && end <= jpeg.length) return jpeg.slice(at, end);
    at = end;
  }
  return null;
}

/**
 * Say that the photo stands upright, since scaling has turned it already; changes the segment.
 * @param {Uint8Array} segment as `exifOf` gives it
 */
export function standUpright(segment) {
  const tiff = new DataView(segment.buffer, segment.byteOffset + 10, segment.byteLength - 10);
  if (tiff.byteLength < 10) return;
  const little = tiff.getUint16(0) === 0x4949;
  const first = tiff.getUint32(4, little);
  if (first + 2 > tiff.byteLength) return;
  for (let i = 0; i < tiff.getUint16(first, little); i++) {
    const entry = first + 2 + i * ENTRY_BYTES;
    if (entry + ENTRY_BYTES > tiff.byteLength) return;
    if (tiff.getUint16(entry, little) === ORIENTATION) tiff.setUint16(entry + 8, 1, little);
  }
}

/**
 * Put an Exif segment at the front of a JPEG.
 * @param {Uint8Array} jpeg
 * @param {Uint8Array<ArrayBuffer>} segment
 * @returns {Blob}
 */
export function withExif(jpeg, segment) {
  return new Blob([jpeg.slice(0, 2), segment, jpeg.slice(2)], { type: "image/jpeg" });
}
