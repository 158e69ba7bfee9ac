import { afterEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../../src/simulation/world/cloud.js';
import { loadWorld, saveWorld } from '../../src/simulation/world/saved-world.js';
import { listen, type Listening } from '../../src/simulation/http/server.js';
import { World } from '../../src/simulation/world/world.js';

/** A cloud with one operation: `Wait` creates a resource that is ready a minute later. */
function toyCloud(world: World): Cloud {
  let things = new Map<string, string>();
  return {
    name: 'toy',
    origins: [],
    ownsHost: (host) => host === 'things.toy.example',
    recognizes: ({ headers, host }) => headers['x-acs-action'] !== undefined || host === 'things.toy.example',
    handle: ({ headers }) => {
      world.settle();
      if (headers['x-acs-action'] === 'Wait') {
        const id = world.ids.id('thing-', 4);
        things.set(id, 'pending');
        world.timers.add({ at: world.now() + 60_000, cloud: 'toy', region: 'here', kind: 'ready', data: { id } });
      }
      return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify([...things]) });
    },
    fire: ({ data }) => things.set(String(data['id']), 'ready'),
    save: () => things,
    check: (state) => {
      if (!(state instanceof Map)) throw new TypeError('no things');
    },
    load: (state) => (things = state as Map<string, string>),
    reset: () => (things = new Map()),
  };
}

describe('a second cloud on the same port', () => {
  let server: Listening | undefined;
  afterEach(() => server?.close());

  it('needs only the common interface: requests, timers, state', async () => {
    const world = new World({ seed: 1, startMs: 0, mode: 'manual' });
    world.clouds.push(toyCloud(world));
    server = await listen(world, 0);
    const url = `http://127.0.0.1:${server.port}/`;
    const call = async (action: string) =>
      (await (await fetch(url, { headers: { 'x-acs-action': action } })).json()) as [string, string][];
    const [[id, state] = []] = await call('Wait');
    expect(state).toBe('pending');
    const saved: unknown = JSON.parse(JSON.stringify(saveWorld(world)));
    await world.advance(60_000);
    expect(await call('List')).toEqual([[id, 'ready']]);
    loadWorld(world, saved);
    expect(await call('List')).toEqual([[id, 'pending']]);
    await world.advance(60_000);
    expect(await call('List')).toEqual([[id, 'ready']]);
    world.reset();
    expect(await call('List')).toEqual([]);
    expect((await call('Wait'))[0]?.[0]).toBe(id); // the same seed, the same ids
  });
});
