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

async function fetchTile(p: PictureFacts, level: number, column: number, row: number): Promise<Tile> {
  const shrunk = (n: number): number => Math.ceil(n / 2 ** level);
  const width = Math.min(p.tile_size, shrunk(p.width) - column * p.tile_size);
  const height = Math.min(p.tile_size, shrunk(p.height) - row * p.tile_size);
  const buffer = await bytes(`/api/frames/${p.id}/tiles/${level}/${column}/${row}?calibrated=${p.calibrated}&v=${p.version}`);
  return { codes: new Uint16Array(buffer), width, height, canvas: null, drawnWith: '' };
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
