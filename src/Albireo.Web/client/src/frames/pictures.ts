import { bytes, get } from '../api';
import type { MeasuredStars, PictureFacts, PixelBlock, SaturatedPixels } from '../api';
import type { Display } from '../store';
import { table } from './stretch';

/** What has been fetched of frames, bounded by pixels; tiles are kept as codes and as drawn with the current stretch. */

interface Tile {
  codes: Uint16Array;
  width: number;
  height: number;
  canvas: HTMLCanvasElement | null;
  drawnWith: string;
}

const mostPixels = 48_000_000;
const facts = new Map<string, Promise<PictureFacts>>();
const ready = new Map<string, PictureFacts>();
const tiles = new Map<string, Tile | Promise<Tile>>();
const stars = new Map<string, Promise<MeasuredStars>>();
const saturated = new Map<string, Promise<SaturatedPixels>>();
const blocks = new Map<string, Promise<PixelBlock>>();
const tables = new Map<string, Uint32Array<ArrayBuffer>>();
let pixels = 0;

export function forgetPictures(): void {
  for (const map of [facts, ready, stars, saturated, blocks]) {
    map.clear();
  }
}

function remembered<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let found = map.get(key);
  if (!found) {
    found = make();
    map.set(key, found);
    found.catch(() => map.delete(key));
  }
  return found;
}

export function factsOf(id: string, calibrated: boolean): Promise<PictureFacts> {
  const key = `${id}:${calibrated}`;
  return remembered(facts, key, async () => {
    const found = await get<PictureFacts>(`/api/frames/${id}/picture?calibrated=${calibrated}`);
    ready.set(key, found);
    return found;
  });
}

export const starsOf = (id: string, version: string): Promise<MeasuredStars> =>
  remembered(stars, `${id}:${version}`, () => get<MeasuredStars>(`/api/frames/${id}/stars`));

export const saturatedOf = (id: string): Promise<SaturatedPixels> =>
  remembered(saturated, id, () => get<SaturatedPixels>(`/api/frames/${id}/saturated`));

const blockSize = 64;

/** The exact value of a pixel; undefined ones are null. */
export async function pixelOf(picture: PictureFacts, x: number, y: number): Promise<number | null> {
  const [left, bottom] = [Math.floor(x / blockSize) * blockSize, Math.floor(y / blockSize) * blockSize];
  const key = `${picture.id}:${picture.calibrated}:${picture.version}:${left}:${bottom}`;
  if (blocks.size > 400) {
    blocks.clear();
  }
  const block = await remembered(blocks, key, () =>
    get<PixelBlock>(
      `/api/frames/${picture.id}/pixels?x=${left}&y=${bottom}&width=${blockSize}&height=${blockSize}&calibrated=${picture.calibrated}`,
    ),
  );
  return block.values[(y - block.y) * block.width + x - block.x] ?? null;
}

const keyOf = (p: PictureFacts, level: number, column: number, row: number): string =>
  `${p.id}:${p.calibrated}:${p.version}:${level}:${column}:${row}`;

function sizeOf(p: PictureFacts, level: number, column: number, row: number): [width: number, height: number] {
  const shrunk = (n: number): number => Math.ceil(n / 2 ** level);
  return [Math.min(p.tile_size, shrunk(p.width) - column * p.tile_size), Math.min(p.tile_size, shrunk(p.height) - row * p.tile_size)];
}

async function fetchTile(p: PictureFacts, level: number, column: number, row: number): Promise<Tile> {
  const [width, height] = sizeOf(p, level, column, row);
  const buffer = await bytes(`/api/frames/${p.id}/tiles/${level}/${column}/${row}?calibrated=${p.calibrated}&v=${p.version}`);
  return { codes: new Uint16Array(buffer), width, height, canvas: null, drawnWith: '' };
}

const mostMarks = 64;
const marks = new Map<string, HTMLCanvasElement | null | Promise<HTMLCanvasElement | null>>();

/** The saturated pixels of a tile as they are drawn, null where there are none, or a promise of it. */
export function marksOf(
  p: PictureFacts,
  level: number,
  column: number,
  row: number,
  colour: string,
): HTMLCanvasElement | null | Promise<HTMLCanvasElement | null> {
  if (p.saturation === null) {
    return null;
  }
  const key = `${keyOf(p, level, column, row)}:${p.saturation}`;
  const found = marks.get(key);
  if (found !== undefined) {
    return found;
  }
  const coming = fetchMarks(p, level, column, row, colour).then(
    (canvas) => {
      marks.set(key, canvas);
      for (const old of [...marks.keys()].slice(0, Math.max(0, marks.size - mostMarks))) {
        marks.delete(old);
      }
      return canvas;
    },
    (e: unknown) => {
      marks.delete(key);
      throw e;
    },
  );
  marks.set(key, coming);
  return coming;
}

async function fetchMarks(p: PictureFacts, level: number, column: number, row: number, colour: string): Promise<HTMLCanvasElement | null> {
  const bits = new Uint8Array(await bytes(`/api/frames/${p.id}/saturated/${level}/${column}/${row}?v=${p.version}&at=${p.saturation}`));
  if (bits.every((b) => b === 0)) {
    return null;
  }
  const [width, height] = sizeOf(p, level, column, row);
  const stride = Math.ceil(width / 8);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const c = canvas.getContext('2d')!;
  c.fillStyle = colour;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (bits[y * stride + (x >> 3)]! & (1 << (x & 7))) {
        c.fillRect(x, y, 1, 1);
      }
    }
  }
  return canvas;
}

/** The tile if it is here, else a promise of it. */
export function tileOf(p: PictureFacts, level: number, column: number, row: number): Tile | Promise<Tile> {
  const key = keyOf(p, level, column, row);
  const found = tiles.get(key);
  if (found) {
    tiles.delete(key);
    tiles.set(key, found); // the latest used is the last to go
    return found;
  }
  const coming = fetchTile(p, level, column, row).then(
    (tile) => {
      tiles.set(key, tile);
      pixels += tile.codes.length;
      trim();
      return tile;
    },
    (e: unknown) => {
      tiles.delete(key);
      throw e;
    },
  );
  tiles.set(key, coming);
  return coming;
}

function trim(): void {
  for (const [key, tile] of tiles) {
    if (pixels <= mostPixels) {
      return;
    }
    if (!(tile instanceof Promise)) {
      pixels -= tile.codes.length;
      tiles.delete(key);
    }
  }
}

/** The tile in the colours of the display. */
export function drawn(tile: Tile, p: PictureFacts, display: Display): HTMLCanvasElement {
  const { range, bend, held, inverted } = display;
  const key = `${p.id}:${p.calibrated}:${p.version}:${range}:${bend}:${held?.join() ?? ''}:${inverted}`;
  if (tile.canvas && tile.drawnWith === key) {
    return tile.canvas;
  }
  let colours = tables.get(key);
  if (!colours) {
    if (tables.size > 16) {
      tables.clear();
    }
    colours = table(p, display);
    tables.set(key, colours);
  }
  const canvas = tile.canvas ?? document.createElement('canvas');
  canvas.width = tile.width;
  canvas.height = tile.height;
  const image = new ImageData(tile.width, tile.height);
  const memory = new Uint32Array(image.data.buffer);
  for (let i = 0; i < tile.codes.length; i++) {
    memory[i] = colours[tile.codes[i]!]!;
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  tile.canvas = canvas;
  tile.drawnWith = key;
  return canvas;
}

/** Facts that are here already, or null. */
export const factsHere = (id: string, calibrated: boolean): PictureFacts | null => ready.get(`${id}:${calibrated}`) ?? null;
