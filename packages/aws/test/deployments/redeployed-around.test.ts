import { describe, expect, it } from 'vitest';
import { answered, buildRegion, copyOf, reportOf, specOf, STAGE, type Copy } from './deployments-world.js';
import { appliedOn, planOn } from './managed.js';

const KEYS = ['GET /orders'] as const;

/** What a person does by hand in the console, by kind of API. */
const BY_HAND = {
  rest: {
    begin: () => undefined,
    pointTo: (copy: Copy, link: string) =>
      copy.rest('UpdateIntegration', {
        resourceId: copy.ids.resource,
        httpMethod: 'GET',
        patchOperations: [{ op: 'replace', path: '/connectionId', value: link }],
      }),
    deploy: (copy: Copy) => copy.rest('CreateDeployment', { stageName: STAGE }),
  },
  http: {
    begin: (copy: Copy) => copy.http('CreateStage', { StageName: STAGE }),
    pointTo: (copy: Copy, ConnectionId: string) => {
      const [{ IntegrationId }] = copy.http('GetIntegrations').Items;
      copy.http('UpdateIntegration', { IntegrationId, ConnectionId });
    },
    deploy: (copy: Copy) => copy.http('CreateDeployment', { StageName: STAGE }),
  },
} as const;

describe.each(['rest', 'http'] as const)(
  'a stage of a %s API that others deployed around its declared routes',
  (kind) => {
    it('fails the check, is planned as one deployment, and is right after apply', async () => {
      const copy = copyOf(await buildRegion(undefined), 1);
      const byHand = BY_HAND[kind];
      byHand.begin(copy);
      const spec = specOf(copy, kind, KEYS, 'managed');
      await appliedOn(copy, spec);
      await copy.simulation.advance(60_000);
      expect(await answered(copy, kind, 'GET /orders', 4)).toBe(4);
      expect((await planOn(copy, spec)).units).toEqual([]);

      byHand.pointTo(copy, copy.ids.secondLink);
      byHand.deploy(copy);
      byHand.pointTo(copy, copy.ids.link);
      await copy.simulation.advance(60_000);
      expect(await answered(copy, kind, 'GET /orders', 4)).toBe(0);
      const failing = async () =>
        (await reportOf(copy, spec)).findings
          .filter((one) => one.verdict === 'fail' && one.severity === 'error')
          .map(({ check, code }) => `${check} ${code}`);
      expect(await failing()).toContain('gateway/live-route ROUTE_DIFFERS');
      const { units } = await planOn(copy, spec);
      const steps = units.flatMap((unit) => unit.steps);
      const { link, secondLink } = copy.ids;
      expect(steps.map(({ kind: does, resource, reason }) => [does, resource.type, reason])).toEqual([
        [
          'deploy',
          'stage',
          `its deployment differs from the spec: link of GET /orders is ${secondLink}, declared is ${link}`,
        ],
      ]);

      await appliedOn(copy, spec);
      await copy.simulation.advance(60_000);
      expect(await answered(copy, kind, 'GET /orders', 4)).toBe(4);
      expect((await planOn(copy, spec)).units).toEqual([]);
      expect(await failing()).toEqual([]);
    });
  },
);
