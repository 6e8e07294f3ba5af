// What stands for `webextension-polyfill` in unit tests, since it refuses to load outside of an extension? Whatever is in `globalThis.browser` now.

const absent: object = {};

/** Looked up at each use, so that a test may replace the global after this was loaded. */
const double: object = new Proxy(absent, {
  get: (_target, name) => Reflect.get(Object(Reflect.get(globalThis, 'browser')), name),
  has: (_target, name) => Reflect.has(Object(Reflect.get(globalThis, 'browser')), name),
});

export default double;
