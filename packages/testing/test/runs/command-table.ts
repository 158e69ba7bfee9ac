import type { Spec } from '@postern/core/internal/library';
import type { Simulation } from '@postern/simulator';
import type { Built, Command, Row } from './command.js';
import { ended, gateOf, type Kind, type Scene } from './kind.js';

type CommandOf = (kind: Kind, scene: Scene) => Command;

/** More than any row deletes, and what costs money. */
const ANY = { allowPurchase: true, maxDeletes: 100, deleteAllRoutes: true } as const;

const ensure: CommandOf = (kind, { link, target, gateway, keys }) => {
  return async (process, signal) => {
    const gate = gateOf(kind, process);
    const made = await gate.ensureLink(link, { signal, allowPurchase: true });
    const to = await gate.ensureTarget(made, target, { signal });
    for (const key of keys) await gate.ensureRoute(gateway, key, to, { signal });
  };
};

const applied =
  (of: (scene: Scene) => Spec): CommandOf =>
  (kind, scene) =>
  async (process, signal) => {
    const gate = gateOf(kind, process);
    const spec = of(scene);
    const plan = await gate.plan(spec, { signal, deleteInstances: true });
    await ended(gate.apply(plan, { spec, signal, callGateway: process.callGateway, ...ANY }));
  };

/** `Command` of the table that others carry out at the same time, too. */
export const apply = (which: 0 | 1): CommandOf => applied(({ specs }) => specs[which]);

/** The first spec, whose keys have other names. */
const renamed: CommandOf = applied(({ specs: [spec] }) => {
  const moved = [
    ...Object.keys(spec.links).map((from) => ({ kind: 'link', path: `links.${from}`, from, to: `${from}-2` }) as const),
    ...Object.keys(spec.integrations).map(
      (from) => ({ kind: 'integration', path: `integrations.${from}`, from, to: `${from}-2` }) as const,
    ),
  ];
  const integrations = Object.entries(spec.integrations).map(([name, one]) => [
    `${name}-2`,
    { ...one, link: `${one.link}-2` },
  ]);
  const links = Object.entries(spec.links).map(([name, one]) => [`${name}-2`, one]);
  return { ...spec, links: Object.fromEntries(links), integrations: Object.fromEntries(integrations), moved } as Spec;
});

/** Adopts the link of the first spec by its ID, and its routes as they are, and forgets them. Both were forgotten. */
const adopt: CommandOf = (kind, scene) => {
  let id: string | undefined;
  return async (process, signal) => {
    if (id === undefined) for await (const found of gateOf(kind, process).links({ signal })) id = found.id;
    const [spec] = scene.specs;
    // By its ID: what it is created from is not declared.
    const links = Object.entries(spec.links).map(([name, one]) => [
      name,
      { ...one, id, subnets: undefined, loadBalancer: undefined, allowlist: undefined },
    ]);
    const integrations = Object.entries(spec.integrations).map(([name, one]) => [name, { ...one, adopt: true }]);
    const given = { ...spec, links: Object.fromEntries(links), integrations: Object.fromEntries(integrations) } as Spec;
    // The second plan finds the group of the link's allowlist, which names the link.
    for (const command of [applied(() => given), applied(() => given), forget])
      await command(kind, scene)(process, signal);
  };
};

const destroy: CommandOf = (kind, { specs: [spec] }) => {
  return (process, signal) => ended(gateOf(kind, process).destroy(spec, { signal, deleteInstances: true }));
};

const forget: CommandOf = (kind, { specs: [spec] }) => {
  return (process, signal) => ended(gateOf(kind, process).forgetSpec(spec, { signal }));
};

/** The single changes of the link of the program, found by `ensureLink`. */
const ensureLink: CommandOf =
  (kind, { link }) =>
  (process, signal) =>
    gateOf(kind, process).ensureLink(link, { signal, allowPurchase: true });

const onLink =
  (change: 'allow' | 'revoke' | 'forget'): CommandOf =>
  (kind, { blocks = [] }) =>
  async (process, signal) => {
    const gate = gateOf(kind, process);
    for await (const found of gate.links({ signal })) {
      if (found.owner?.project !== 'shop' && change !== 'forget') continue;
      if (change === 'forget') await gate.forget(found, { signal }).catch(ifForgotten);
      else if (change === 'revoke') await gate.revoke(found, blocks.slice(0, 2), { signal, force: true });
      else await gate.allow(found, blocks, { signal, ports: [80, 443] });
    }
  };

/** A link of others, or one that was forgotten. */
function ifForgotten(error: unknown): void {
  if ((error as { code?: unknown }).code !== 'NOT_OURS') throw error;
}

/** Each command, what is carried out before it, and for which kinds it is. */
const COMMANDS: Readonly<
  Record<string, { readonly command: CommandOf; readonly before?: readonly CommandOf[]; readonly ofLink?: true }>
> = {
  'ensure…': { command: ensure },
  'apply of a new spec': { command: apply(0) },
  'apply that replaces a link': { command: apply(1), before: [apply(0)] },
  destroy: { command: destroy, before: [apply(0)] },
  rename: { command: renamed, before: [apply(0)] },
  'adopt and forget': { command: adopt, before: [apply(0), forget] },
  'forget a spec': { command: forget, before: [apply(0)] },
  'forget a link': { command: onLink('forget'), before: [ensureLink], ofLink: true },
  allow: { command: onLink('allow'), before: [ensureLink], ofLink: true },
  revoke: { command: onLink('revoke'), before: [ensureLink, onLink('allow')], ofLink: true },
};

/** All commands of a kind; those of a link alone once for each kind of link. */
export function rowsOf(kind: Kind): readonly Row[] {
  const own = Object.entries(COMMANDS).filter(([, { ofLink }]) => ofLink !== true || kind.hasAllowlist === true);
  return own.map(([name, { command, before = [], ofLink }]): Row => ({
    name: `${name}: ${kind.name}`,
    place: kind.place,
    build: async (simulation: Simulation): Promise<Built> => {
      const scene = await kind.build(simulation);
      return {
        before: before.map((one) => one(kind, scene)),
        command: command(kind, scene),
        scene,
        calls: ofLink === true ? [] : scene.calls,
      };
    },
  }));
}
