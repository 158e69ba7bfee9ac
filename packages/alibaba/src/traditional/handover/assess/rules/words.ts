import type { SourcePlugin, SourceWord } from '../../source/source.js';
import { handoverRule, unknown, type HandoverRule } from '../rule.js';
import { aboutAll, type AssessView, type Published, textIn } from '../view.js';

/** The APIs that a word concerns, by stage. None: it concerns the group. */
function reached(view: AssessView, { kind, id, stage }: SourceWord): ReadonlyMap<string, readonly Published[]> {
  const { throttles, ipControls } = view.source;
  if (kind === 'throttle' || kind === 'ip-control')
    return view.reached((kind === 'throttle' ? throttles : ipControls).find((one) => one.id === id)?.uses ?? []);
  if (stage === undefined) return new Map();

  const isOf = ({ api, deployment }: Published): boolean =>
    kind === 'api' ? api.id === id : deployment.backend.namedBackend === id;
  return new Map([[stage, (view.stages.get(stage) ?? []).filter(isOf)]]);
}

const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

const word = handoverRule({
  id: 'source/word',
  classic: 'a word of the service that is not documented',
  apig: 'undecided',
  codes: {
    UNDOCUMENTED_WORD: unknown(
      '{attribute} of {name} is {value}, which is not a documented word. What depends on it is not known.',
      {
        affects: ['callers', 'backend'],
        who: 'platform',
        remedy:
          'Look up in the console what it means. A waiver means that it is treated as the usual value of {attribute}.',
      },
    ),
  },
  *find(view, say) {
    for (const one of [...(view.source.words ?? []), ...view.source.plugins.flatMap(wordsOfPlugin)]) {
      const { kind, id, name, attribute } = one;
      const source = { kind, id, name } as const;
      const shown = { attribute, name, value: quoted(one.value) };
      const stages = kind === 'plugin' ? view.reached(one.uses) : reached(view, one);
      if (stages.size === 0) yield say.UNDOCUMENTED_WORD({ ...view.aboutGroup, source }, shown);
      for (const [stage, apis] of stages) yield say.UNDOCUMENTED_WORD(aboutAll(source, stage, apis), shown);
    }
  },
});

/** @see https://help.aliyun.com/en/api-gateway/traditional-api-gateway/user-guide/plug-ins-of-the-ip-access-control-type */
function wordsOfPlugin({ id, name, type, body, uses }: SourcePlugin) {
  const value = type === 'ipControl' ? textIn(body, 'type') : undefined;
  if (value === undefined || /^(?:allow|refuse)$/i.test(value)) return [];

  return [{ kind: 'plugin', id, name, uses, attribute: 'type', value } as const];
}

/**
 * The attributes of a body that a hand-over carries over or reports, by the type of a plug-in. What other types become does not depend
 * on their attributes.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/throttling-2
 * @see https://www.alibabacloud.com/help/doc-detail/103230.htm (CORS)
 */
const READ: Readonly<Record<string, readonly string[]>> = {
  cors: ['allowOrigins', 'allowMethods', 'allowHeaders', 'exposeHeaders', 'allowCredentials', 'maxAge'],
  ipControl: ['type', 'items'],
  trafficControl: ['unit', 'apiDefault', 'userDefault', 'appDefault', 'specials', 'limits', 'parameters'],
  routing: ['parameters', 'routes'],
};

/** The attributes of a plug-in that would be lost without a word. Those of a throttle by parameters are set by hand. */
export function attributesNotRead({ type, body }: Pick<SourcePlugin, 'type' | 'body'>): readonly string[] {
  const listed = READ[type];
  if (listed === undefined || typeof body !== 'object' || body === null || Array.isArray(body)) return [];

  const names = Object.keys(body);
  if (type === 'trafficControl' && names.includes('parameters')) return [];

  // Data sets have a rule of their own.
  return names.filter((one) => !listed.includes(one) && !/^data-?set/i.test(one));
}

const attribute = handoverRule({
  id: 'plugin/attribute',
  classic: 'an attribute of a plug-in that the hand-over does not know',
  apig: 'undecided',
  codes: {
    PLUGIN_ATTRIBUTE: unknown(
      'The plug-in {name} ({type}) has {attributes}. What stands for it on APIG is not known.',
      {
        affects: ['callers'],
        who: 'platform',
        remedy: 'Look up what it does, and set it on the target after the run. A waiver leaves it out.',
      },
    ),
  },
  *find(view, say) {
    for (const plugin of view.source.plugins) {
      const { id, name, type, uses } = plugin;
      const attributes = attributesNotRead(plugin).map(quoted);
      if (attributes.length === 0) continue;

      for (const [stage, apis] of view.reached(uses))
        yield say.PLUGIN_ATTRIBUTE(aboutAll({ kind: 'plugin', id, name }, stage, apis), { name, type, attributes });
    }
  },
});

export const wordRules: readonly HandoverRule[] = [word, attribute];
