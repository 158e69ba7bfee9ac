import { InvalidInputError } from '@postern/core';
import type { Assessment, HandoverPlan, Waiver } from '@postern/alibaba/handover';
import type { FleetHandover } from '../model.js';

/** What an entry gives for things of its groups. A pattern names several: each group gets what fits it, and what fits none is refused. */
export interface Fitting {
  /** `assessment` is one without waivers. */
  readonly waivers: (assessment: Assessment) => readonly Waiver[];
  readonly proof: (plan: HandoverPlan) => Pick<FleetHandover, 'accept' | 'calls'>;
  /** @throws {InvalidInputError} `INVALID_INPUT` for what fitted no group: it may have a typing error */
  readonly requireUsed: () => void;
}

export function fittingOf({ group, waive = {}, accept = [], calls = {} }: FleetHandover): Fitting {
  const unused = new Set([
    ...Object.keys(waive).map((item) => `waive: ${item}`),
    ...accept.map((route) => `accept: ${route}`),
    ...Object.keys(calls).map((route) => `calls: ${route}`),
  ]);
  return {
    waivers: ({ items }) => {
      const open = new Set(
        items
          .filter(({ verdict }) => verdict === 'blocked' || verdict === 'unknown')
          .flatMap(({ rule, source: { id, name } }) => [rule, `${rule}:${name}`, `${rule}:${id}`]),
      );
      const fitting = Object.entries(waive).filter(([item]) => open.has(item));
      for (const [item] of fitting) unused.delete(`waive: ${item}`);
      return fitting.map(([item, reason]) => ({ item, reason }));
    },
    proof: ({ stages }) => {
      const routes = new Set(stages.flatMap((stage) => stage.routes.map(({ name }) => name)));
      const accepted = accept.filter((route) => routes.has(route));
      const called = Object.entries(calls).filter(([route]) => routes.has(route));
      for (const route of accepted) unused.delete(`accept: ${route}`);
      for (const [route] of called) unused.delete(`calls: ${route}`);
      return { accept: accepted, calls: Object.fromEntries(called) };
    },
    requireUsed: () => {
      const [first] = unused;
      if (first === undefined) return;
      throw new InvalidInputError('INVALID_INPUT', `\`${first}\` of the hand-over of ${group} fits no group`, {
        remedy: 'Correct it or remove it: what is waived is blocked or unknown, and routes have the names of the plan.',
      });
    },
  };
}
