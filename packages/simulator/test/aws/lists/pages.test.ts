import { beforeAll, describe, expect, it } from 'vitest';
import { serviceModel, SERVICES } from '../../../src/aws/service-table.js';
import { registry } from '../../../src/aws/services.js';
import type { ServiceName } from '../../../src/aws/operation/operation.js';
import { PAGED_LISTS } from './paged-lists.js';
import { richWorld, type RichWorld } from './rich-world.js';

type Call = (input: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>;
type Clients = Readonly<Record<string, Readonly<Record<string, Call>>>>;
const TOKENS = ['NextToken', 'Marker', 'nextToken', 'position'];
const NEXT = [...TOKENS, 'NextMarker'];
/** Its `position` is "not currently supported" by the service. */
const NOT_PAGED = ['GetTags'];
const SIZES = ['MaxRecords', 'MaxResults', 'PageSize', 'MaxItems', 'maxResults', 'limit'];

let world: RichWorld;
beforeAll(async () => {
  world = await richWorld();
});

it('the table of lists: has every operation that pages, and no other', async () => {
  const paging = await Promise.all(
    registry.operations.map(async ({ service, name }) => {
      const members = (await serviceModel(service)).operations.get(name)?.input.members ?? [];
      const pages = !NOT_PAGED.includes(name) && members.some((member) => TOKENS.includes(member.name));
      return pages ? [`${service}.${name}`] : [];
    }),
  );
  expect(Object.keys(PAGED_LISTS).sort()).toEqual(paging.flat().sort());
});

describe.each(Object.entries(PAGED_LISTS))(
  '%s',
  (key, { input = () => ({}), items, next: named, smallest = 1, least }) => {
    const [service = '', name = ''] = key.split('.');
    const list: Call = (given) => {
      const clients = world.clients as unknown as Clients;
      const call = clients[SERVICES[service as ServiceName].client]?.[name.charAt(0).toLowerCase() + name.slice(1)];
      if (!call) throw new Error(`${key} cannot be called`);
      return call({ ...input(world), ...given });
    };
    const members = async () => {
      const model = (await serviceModel(service as never)).operations.get(name)?.input.members ?? [];
      const named = (names: readonly string[]) => model.find((member) => names.includes(member.name));
      const [token, size] = [named(TOKENS), named(SIZES)];
      if (!token || !size) throw new Error(`${key} does not page`);
      return {
        token: token.name,
        size: size.name,
        ofSize: (n: number) => (size.shape.kind === 'string' ? String(n) : n),
      };
    };
    const itemsOf = (output: Readonly<Record<string, unknown>>) =>
      items.flatMap((member) => {
        const list = output[member] ?? [];
        return Array.isArray(list) ? (list as unknown[]) : Object.entries(list);
      });

    it('gives the same items on the smallest pages as at once', async () => {
      const { token, size, ofSize } = await members();
      const all = itemsOf(await list({}));
      expect(all.length).toBeGreaterThanOrEqual(least);
      const seen: unknown[] = [];
      let next: unknown;
      do {
        const output = await list({ [size]: ofSize(smallest), ...(next === undefined ? {} : { [token]: next }) });
        expect(itemsOf(output).length).toBeLessThanOrEqual(smallest);
        seen.push(...itemsOf(output));
        next = (named === undefined ? NEXT : [named])
          .map((member) => output[member])
          .find((value) => value !== undefined);
      } while (next !== undefined);
      expect(seen).toEqual(all);
    });

    it('refuses a token that is not from the service, and a page of size 0', async () => {
      const { token, size, ofSize } = await members();
      for (const bad of [{ [token]: 'Zm9yZ2Vk.AAAA' }, { [size]: ofSize(0) }, { [size]: ofSize(smallest - 1) }]) {
        const error = await list(bad).then(
          () => undefined,
          (reason: unknown) => reason as { $metadata: { httpStatusCode: number } },
        );
        expect(error?.$metadata.httpStatusCode, JSON.stringify(bad)).toBe(400);
      }
    });
  },
);
