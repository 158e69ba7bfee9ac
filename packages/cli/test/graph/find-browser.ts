import { existsSync } from 'node:fs';
import path from 'node:path';

/** The browser of this machine: `CHROME_PATH`, or the first that is on the path. */
export const BROWSER = [
  process.env['CHROME_PATH'],
  ...['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    (process.env['PATH'] ?? '').split(path.delimiter).map((one) => path.join(one, name)),
  ),
].find((file) => file !== undefined && existsSync(file));

/** Why tests in a browser are skipped: not every machine has one. */
export const WHY_NO_BROWSER = BROWSER === undefined ? 'no Chromium: install one, or name it in CHROME_PATH' : undefined;
