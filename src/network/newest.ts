// Which of many kept things stay? The newest, as many and as much as fit: the oldest go first.

/** The last items of a list ordered by age, at most `count` of them and together at most `weight` as `weigh` weighs them; order is kept. */
export function newest<T>(items: readonly T[], count: number, weight: number, weigh: (item: T) => number): readonly T[] {
  let first = items.length;
  for (let sum = 0; first > 0 && items.length - first < count; first -= 1) {
    const item = items[first - 1];
    sum += item === undefined ? 0 : weigh(item);
    if (sum > weight) break;
  }
  return items.slice(first);
}
