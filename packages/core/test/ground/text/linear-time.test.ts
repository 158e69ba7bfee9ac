import { describe, it } from 'vitest';
import { encodeSnapshot } from '../../../src/do/snapshot/encode.js';
import { withoutSecrets } from '../../../src/ground/text/secrets.js';
import { needsOfSnapshot } from '../../../src/planner/needs/from-snapshot.js';
import { balancerNames } from '../../../src/planner/layout/teams.js';
import { differingSpan, displayText } from '../../../src/ground/text/display.js';
import { withoutSessionSecrets } from '../../../src/ground/calls/session-secrets.js';
import { formatSpec } from '../../../src/spec/edit/format-yaml.js';
import { withMovedLinks } from '../../../src/spec/edit/moved-links.js';
import { expandEnvironment } from '../../../src/spec/parse/environment.js';
import { snapshotDiffText } from '../../../src/do/snapshot-diff/render.js';
import { CLOUDS } from '../../clouds.js';
import { sample } from '../../runs.js';
import { expectCpuBelow } from '../../cpu-time.js';
import { gatewayOf, regionOf, routeOf } from '../../do/plan/removal/owned.js';

/** Quadratic time over a text of this length is half a minute and more, linear time some milliseconds. */
const LENGTH = 250_000;
const MOST_MS = 3_000;
const UNITS = [
  '-',
  'a',
  '1',
  '"',
  '.',
  '(',
  '[',
  '`',
  '\n',
  '://a:',
  'a://b:',
  'token:',
  'a-',
  ' ',
  '\u3000',
  '$',
  '${',
  '##',
];

const spec = (id: string): string => `links:\n  eu: { provider: aws, region: eu-west-1, id: '${id}' }\n`;

const WORK: Readonly<Record<string, (text: string) => unknown>> = {
  needsOfSnapshot: (name) => {
    const gateway = gatewayOf({ name, routes: [routeOf(undefined)] });
    const link = {
      kind: 'vpc-link-v2',
      id: 'l-1',
      name,
      state: 'ready',
      nativeState: 'AVAILABLE',
      subnetIds: [],
      securityGroupIds: [],
      tags: {},
      raw: null,
    } as const;
    const regions = [regionOf({ gateways: [gateway], links: [link] })];
    return needsOfSnapshot({ version: 1, takenAt: '2026-01-01T00:00:00.000Z', regions } as never, { clouds: CLOUDS });
  },
  balancerNames: (name) => balancerNames()(name, 'alb'),
  differingSpan: (text) => differingSpan(['a', 'b'], ['a', `x${text}y`, text]),
  withMovedLinks: (id) =>
    withMovedLinks(
      spec('l-1'),
      {
        from: { kind: 'vpc-link-v2', id: 'l-1' },
        to: { kind: 'vpc-link-v2', id: `v${id}!` },
        moved: [],
      },
      { clouds: CLOUDS },
    ),
  snapshotDiffText: (text) => snapshotDiffText({ before: 'a', after: 'b', changes: [], notes: [text] } as never),
  expandEnvironment: (text) => expandEnvironment({ a: text }, {}, CLOUDS),
  // Each surplus quote is an error of its own: linear, and ten times as much work as reading.
  formatSpec: (text) => formatSpec(text.slice(0, LENGTH / 5)),
  displayText,
  withoutSecrets,
  withoutSessionSecrets: (text) => withoutSessionSecrets(new Error(text), [`${text.slice(0, 20)}-longer`]),
};

describe('texts of a snapshot, an answer or a spec', () => {
  it.each(Object.entries(WORK))('are read by %s in linear time', (_, work) => {
    for (const unit of sample(UNITS, 6)) {
      const text = unit.repeat(LENGTH / unit.length);
      expectCpuBelow(
        MOST_MS,
        () => {
          try {
            work(text);
          } catch (error) {
            if (!(error instanceof Error && 'code' in error)) throw error; // refused, with a code
          }
        },
        unit,
      );
    }
  });

  it('are written in linear time, too', () => {
    expectCpuBelow(MOST_MS * 3, () => {
      const gateways = UNITS.map((unit) => gatewayOf({ name: unit.repeat(LENGTH / unit.length) }));
      encodeSnapshot({ version: 1, takenAt: '2026-01-01T00:00:00.000Z', regions: [regionOf({ gateways })] } as never);
    });
  });
});
