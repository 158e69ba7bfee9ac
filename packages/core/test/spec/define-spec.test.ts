import { CLOUDS, specFrom } from '../clouds.js';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/checks/run.js';
import { createContext, driversOf } from '../../src/do/context.js';
import { observeSpec } from '../../src/do/observe/observe-spec.js';
import { diff } from '../../src/do/plan/diff.js';
import { PrivateIntegrations } from '../../src/do/private-integrations.js';
import { defineSpec } from '../../src/internal/spec.js';
import { drive } from '../drive.js';
import { EVERY_FINDING } from '../engines.js';
import { FakeCloud } from '../fake-cloud.js';
import { judge } from '../../src/check/judge/judge-plan.js';

const spec = defineSpec({
  version: 1,
  project: 'shop',
  defaults: { region: 'eu-west-1' },
  links: { eu: { provider: 'aws', subnets: ['subnet-1a'], securityGroups: ['sg-1'] } },
});

describe('what defineSpec returns', () => {
  it('fits every function that takes a spec', async () => {
    const cloud = new FakeCloud();
    const gate = new PrivateIntegrations(cloud.driver(), { judge, project: 'shop', clock: cloud.clock });
    const run = <T>(work: Promise<T>): Promise<T> => drive(cloud.clock, work);
    const read = specFrom(spec);
    const alone = defineSpec({ ...spec }, { clouds: CLOUDS });
    const plan = await run(gate.plan(spec));
    expect(plan).toEqual(await run(gate.plan(read)));
    expect(plan.units).toHaveLength(1);
    expect((await run(gate.check(spec))).findings).toEqual((await run(gate.check(read))).findings);

    const observed = () => observeSpec(alone, driversOf(cloud.driver()), createContext({ clock: cloud.clock }));
    const snapshot = await run(observed());
    expect(diff(snapshot, alone, { clouds: CLOUDS })).toEqual(diff(snapshot, read, { clouds: CLOUDS }));
    expect(check(snapshot, alone, { clouds: CLOUDS })).toEqual(check(snapshot, read, { clouds: CLOUDS }));
    const events = async () => {
      const types: string[] = [];
      for await (const { type } of gate.apply(plan, { spec, ignoreFindings: EVERY_FINDING })) types.push(type);
      return types;
    };
    expect(await run(events())).toContain('run.done');
    expect(cloud.links.size).toBe(1);
  });

  it('is written as JSON without what makes it fit', () => {
    expect(JSON.parse(JSON.stringify(spec))).toEqual({ ...spec });
    expect(Object.keys(spec)).toEqual(['version', 'project', 'defaults', 'links']);
  });

  it('is judged where it is used, with the path', () => {
    const links = { eu: { provider: 'aws', region: 'eu-west-1' } } as const;
    const wrong = defineSpec({ version: 1, project: 'shop', links }, { clouds: CLOUDS });
    const snapshot = { version: 1, takenAt: '2026-06-01T00:00:00Z', regions: [] } as const;
    expect(() => check(snapshot as never, wrong, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({ code: 'INVALID_SPEC', message: expect.stringContaining('links.eu') }),
    );
  });

  it('is refused with a remedy where no clouds are given', () => {
    const snapshot = { version: 1, takenAt: '2026-06-01T00:00:00Z', regions: [] } as const;
    expect(() => check(snapshot as never, spec, {} as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', remedy: expect.stringContaining('clouds([cloud])') }),
    );
  });

  it('is refused as input where its getters throw', () => {
    const thrown = {
      get version(): never {
        throw new Error('boo');
      },
    };
    expect(() => specFrom(thrown)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('boo') }),
    );
  });

  it.each(['get /x', 'Post /orders/{id}'])('the route key %s is refused with the key that is meant', (key) => {
    const targets = { main: { address: '10.0.0.7', port: 80 } };
    const integrations = { orders: { link: 'eu', gateway: { httpApi: 'a1' }, targets, routes: { [key]: 'main' } } };
    expect(() => specFrom({ ...spec, integrations })).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('Methods are written in capitals') }),
    );
  });
});
