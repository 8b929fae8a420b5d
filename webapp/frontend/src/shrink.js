// Photos made small on the phone: a line of 50 kB/s carries 300 KB in six seconds, and 6 MB in two minutes.
import { exifOf, standUpright, withExif } from "./exif.js";

const LONGEST_PX = 1600;
const WANTED_BYTES = 300_000;
const QUALITIES = [0.8, 0.65, 0.5];

/**
 * Scale a photo to about 300 KB; one that this browser cannot open, or that is small already, stays as it is.
 * @param {File} file
 * @returns {Promise<Blob>}
 */
export async function shrink(file) {
  if (file.size <= WANTED_BYTES) return file;
  const opened = await createImageBitmap(file).catch(() => null);
  if (!opened) return file; // such as HEIC outside Safari
  const scaled = await scale(opened);
  opened.close();
  if (!scaled || scaled.size >= file.size) return file;
  const segment = exifOf(new Uint8Array(await file.arrayBuffer()));
  if (!segment) return scaled;
  standUpright(segment);
  return withExif(new Uint8Array(await scaled.arrayBuffer()), segment);
}

/**
 * @param {ImageBitmap} image
 * @returns {Promise<Blob | null>}
 */
async function scale(image) {
  const part = Math.min(1, LONGEST_PX / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * part);
  canvas.height = Math.round(image.height * part);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  for (const quality of QUALITIES) {
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (!made || made.size <= WANTED_BYTES || quality === QUALITIES.at(-1)) return made;
  }
  return null;
}
