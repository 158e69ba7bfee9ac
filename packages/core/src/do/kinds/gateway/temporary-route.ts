import type { Route } from '../../model/route.js';

const KEY = /^GET \/postern-probe-[0-9a-f]{32}$/;

/** The path of a route that exists only while a link is tested: `/postern-probe-` and 128 random bits as hexadecimal digits. */
export function temporaryPath(random: () => number): string {
  const part = (): string =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return `/postern-probe-${part()}${part()}${part()}${part()}`;
}

/** Whether a route is one of those. One that is there was left by a run that ended before it deleted it. */
export function isTemporaryRoute({ key }: Pick<Route, 'key'>): boolean {
  return KEY.test(key);
}
