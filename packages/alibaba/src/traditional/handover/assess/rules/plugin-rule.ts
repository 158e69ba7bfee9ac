import type { SourcePlugin } from '../../source/source.js';
import type { About } from '../assessment.js';
import {
  handoverRule,
  type Each,
  type Row,
  type Found,
  type HandoverRule,
  type HandoverTexts,
  type Say,
} from '../rule.js';
import { aboutAll, type AssessView, type Published } from '../view.js';

/** A plug-in on a stage, and the APIs that it applies to there. */
export interface Used {
  readonly plugin: SourcePlugin;
  readonly stage: string;
  readonly apis: readonly Published[];
  readonly about: About;
  /** What messages show of it. */
  readonly shown: { readonly name: string; readonly type: string };
}

/** A rule for each use of plug-ins: of one type, or of all. */
export function pluginRule<const T extends HandoverTexts>({
  type,
  find,
  ...row
}: Each<T, Used, Iterable<Found>> & { readonly type?: string }): HandoverRule {
  return handoverRule({
    ...row,
    *find(view, say) {
      for (const plugin of view.source.plugins) {
        if (type !== undefined && plugin.type !== type) continue;

        for (const used of usesOf(view, plugin)) yield* find(used, say, view);
      }
    },
  });
}

/** A rule for plug-ins that become the same whatever their bodies say: its texts show the name and the type alone. */
export function plainPlugin<const T extends HandoverTexts>(
  type: string,
  row: Row<T> & (Say<T>[keyof T] extends SayShown ? unknown : never),
): HandoverRule {
  return pluginRule<T>({
    ...row,
    type,
    *find({ about, shown }, say) {
      for (const one of Object.values<SayShown>(say as never)) yield one(about, shown);
    },
  });
}

type SayShown = (about: About, shown: Used['shown']) => Found;

function* usesOf(view: AssessView, plugin: SourcePlugin): Iterable<Used> {
  const { id, name, type, uses } = plugin;
  for (const [stage, apis] of view.reached(uses))
    yield { plugin, stage, apis, about: aboutAll({ kind: 'plugin', id, name }, stage, apis), shown: { name, type } };
}
