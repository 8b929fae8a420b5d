// Builds the front end into webapp/static/dist: hashed names, a manifest, and compressed copies beside each file.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, "node_modules");
const DIST = join(HERE, "..", "static", "dist");
const KEPT_DAYS = 7; // pages opened before an upgrade still ask for the modules they were built with

const BUNDLED = {
  "site.js": "src/site.js",
  "map.js": "src/map.js",
  "report.js": "src/report.js",
  "measure.js": "src/measure.js",
  "worker.js": "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs",
  "site.css": "styles/site.css",
  "map.css": "styles/map.css",
  "report.css": "styles/report.css",
  "desk.js": "src/desk.js",
  "a4.css": "styles/a4.css",
  "access.css": "styles/access.css",
  "planning.js": "src/planning.js",
  "sliders.js": "src/sliders.js",
  "planning.css": "styles/planning.css",
  "desk.css": "styles/desk.css",
  "importing.css": "styles/importing.css",
  "importing.js": "src/importing.js",
  "performance.css": "styles/performance.css",
  "priority.css": "styles/priority.css",
  "waste.css": "styles/waste.css",
  "works.css": "styles/works.css",
  "export-leaflet.css": "node_modules/leaflet/dist/leaflet.css",
};

// Classic scripts of the map files to take along: they set globals, so they are copied, not bundled.
const COPIED = {
  "export-leaflet.js": "leaflet/dist/leaflet.js",
};

/** Bundle modules and style sheets; gives the name of each entry and its hashed file. */
async function bundle() {
  const entries = Object.entries(BUNDLED).map(([name, path]) => ({ in: path, out: basename(name, extname(name)) }));
  const result = await build({
    absWorkingDir: HERE,
    entryPoints: entries,
    outdir: DIST,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022"],
    minify: true,
    metafile: true,
    legalComments: "none",
    loader: { ".png": "dataurl", ".svg": "dataurl" },
    write: false,
    logLevel: "warning",
  });
  await Promise.all(result.outputFiles.map(({ path, contents }) => keep(basename(path), contents)));
  const files = Object.entries(result.metafile.outputs);
  const named = new Map(Object.entries(BUNDLED).map(([name, path]) => [path, name]));
  const entryFiles = files.filter(([, output]) => output.entryPoint && named.has(output.entryPoint));
  return {
    manifest: Object.fromEntries(entryFiles.map(([file, output]) => [named.get(output.entryPoint), basename(file)])),
    files: files.map(([file]) => basename(file)),
  };
}

/** Write one file under a name that carries its hash; gives that name. */
async function hashed(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
  const file = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  await keep(file, content);
  return file;
}

/** Read the path of every icon, 15 units square: maki's, and our own where maki has none. */
async function iconPaths() {
  const icons = {};
  for (const folder of [join(MODULES, "@mapbox/maki/icons"), join(HERE, "src/icons")]) {
    for (const file of (await readdir(folder)).filter((f) => f.endsWith(".svg")).sort()) {
      const drawing = await readFile(join(folder, file), "utf8");
      const paths = [...drawing.matchAll(/\sd="([^"]+)"/g)].map((match) => match[1]);
      icons[basename(file, ".svg")] = paths.join(" ").replace(/&#x?[0-9A-Fa-f]+;|\s+/g, " ").trim();
    }
  }
  return icons;
}

/**
 * Put a file with a brotli and a gzip copy beside it, for whitenoise to choose from. One that stands already is only
 * touched: its name says its content, and a running server may be sending it.
 */
async function keep(file, content) {
  const path = join(DIST, file);
  const now = new Date();
  if (existsSync(path)) return utimes(path, now, now);
  await writeWhole(`${path}.br`, await promisify(brotliCompress)(content));
  await writeWhole(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
  await writeWhole(path, content);
}

/** Write a file so that nobody ever reads half of it. */
async function writeWhole(path, content) {
  await writeFile(`${path}.${process.pid}`, content);
  await rename(`${path}.${process.pid}`, path);
}

/** Take away what earlier builds left, once no open page can still ask for it. */
async function sweep(current) {
  const oldest = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
  for (const file of await readdir(DIST)) {
    const stands = current.has(file.replace(/\.(br|gz)$/, ""));
    if (!stands && (await stat(join(DIST, file))).mtimeMs < oldest) await unlink(join(DIST, file));
  }
}

await mkdir(DIST, { recursive: true });
const { manifest, files } = await bundle();
for (const [name, path] of Object.entries(COPIED)) {
  const script = await readFile(join(MODULES, path), "utf8");
  manifest[name] = await hashed(name, script.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, "\n"));
}
manifest["icons.json"] = await hashed("icons.json", JSON.stringify(await iconPaths()));
await writeWhole(join(DIST, "manifest.json"), JSON.stringify(manifest, null, 2));
await sweep(new Set([...files, ...Object.values(manifest), "manifest.json"]));
