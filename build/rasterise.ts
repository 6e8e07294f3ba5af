// How does a drawing become the pictures a toolbar wants? Rasterised, and written as PNG with a palette, which takes half the room.

import { crc32, deflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const INDEXED = 3;

/** A chunk: length, type, data, checksum of type and data (PNG section 5.3). */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), data.length + 8);
  return bytes;
}

type Colour = readonly [number, number, number];

/** The renderer gives colours multiplied by their opacity. */
const colourOf = (red: number, green: number, blue: number, alpha: number): Colour => [
  Math.round((red * 255) / alpha),
  Math.round((green * 255) / alpha),
  Math.round((blue * 255) / alpha),
];

const distance = (a: Colour, b: Colour): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** Sixteen steps of opacity are as many as an eye sees along an edge this small. */
const inSteps = (alpha: number): number => Math.round(alpha / 17) * 17;

/** Draws an SVG so many pixels wide and high, and writes it as PNG. Throws where it has more colours than a palette holds. */
export function rasterise(svg: string, size: number): Uint8Array {
  const { pixels, width, height } = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render();
  const dots = Array.from({ length: width * height }, (_, at) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(at * 4, at * 4 + 4);
    return { alpha, colour: alpha === 0 ? null : colourOf(red, green, blue, alpha) };
  });
  // Along an edge rounding blurs colours: each dot takes the nearest of those that stand at their fullest.
  const fullest = Math.max(...dots.map(({ alpha }) => alpha));
  const solid = new Map(
    dots.flatMap(({ alpha, colour }) =>
      alpha === fullest && colour !== null ? [[colour.join(), colour] as const] : [],
    ),
  );
  const nearest = (colour: Colour): Colour =>
    [...solid.values()].reduce((best, other) => (distance(other, colour) < distance(best, colour) ? other : best));
  const palette = new Map<string, number>();
  const indices = dots.map(({ alpha, colour }) => {
    const opacity = inSteps(alpha);
    const key = [...(opacity === 0 || colour === null ? [0, 0, 0] : nearest(colour)), opacity].join();
    const index = palette.get(key) ?? palette.size;
    palette.set(key, index);
    return index;
  });
  if (palette.size > 256) throw new Error(`a picture of ${palette.size} colours has no palette`);
  const depth = palette.size <= 16 ? 4 : 8;
  const perByte = 8 / depth;
  const stride = Math.ceil(width / perByte) + 1;
  const rows = new Uint8Array(stride * height);
  indices.forEach((index, at) => {
    const x = at % width;
    const where = Math.floor(at / width) * stride + 1 + Math.floor(x / perByte);
    rows[where] = (rows[where] ?? 0) | (index << (depth * (perByte - 1 - (x % perByte))));
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, INDEXED], 8);
  const colours = [...palette.keys()].map((key) => key.split(',').map(Number));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(colours.flatMap((colour) => colour.slice(0, 3)))),
    chunk('tRNS', Uint8Array.from(colours.flatMap((colour) => colour.slice(3)))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}
