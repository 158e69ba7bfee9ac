import { canonicalJson, type Gateway, type Stage } from '@postern/core/internal/adapter';
import {
  type DraftRegion,
  isMarked,
  marksAt,
  type StageValues,
  UnknownAttribute,
  valueAt,
  type View,
  type AttributeUse,
} from '@postern/core/internal/overlay';
import type { Integration } from './backend-uri.js';
import { AWS } from '../id-forms.js';

const VARIABLE = /\$\{stageVariables\.([A-Za-z0-9_]+)\}/g;

/** The value of a variable that names a link: a text of its form may be the name of an environment as well. */
const LINK: AttributeUse = { ...AWS.gatewayPart, form: /^(?=.*[a-z])[a-z0-9]{5,}$/, types: /_vpc_link$/ };
const BALANCER: AttributeUse = { ...AWS.balancer, types: /^aws_(?:a?lb)$/ };

/** The gateways whose integrations name links and load balancers by variables of stages. */
const NAMING: ReadonlySet<Gateway['kind']> = new Set(['rest-api', 'websocket-api']);

/** The names of the variables in texts, each once. */
export function variablesIn(...texts: readonly (string | undefined)[]): readonly string[] {
  const all = texts.flatMap((text = '') => [...text.matchAll(VARIABLE)].map(([, name = '']) => name));
  return [...new Set(all)].toSorted();
}

/** The variables of a stage that the plan has, by the attribute that is their map. */
export function plannedValues(view: View, attribute: string): StageValues {
  const { instance, when } = view;
  const inside = view.within(attribute);
  const at = (name: string): View['path'] => [...inside.path, name];
  const known = (name: string): unknown => valueAt(instance[when], at(name));
  const isOpen = (name: string): boolean =>
    when === 'after' && [instance.unknown, instance.sensitive].some((one) => isMarked(marksAt(one, at(name))));
  const exact = (name: string): { readonly value: unknown } | undefined =>
    isOpen(name) ? view.lookup.references.exact?.(instance, at(name)) : undefined;
  return {
    has: (name) => typeof known(name) === 'string' || (isOpen(name) && exact(name)?.value !== null),
    text: (name) => {
      const value = known(name) ?? exact(name)?.value;
      return typeof value === 'string' ? value : undefined;
    },
    ref: (name, wanted) => inside.ref(name, wanted),
  };
}

/** The variables of a canary: those that it overrides, and else those of its stage. */
export function canaryValues(overrides: StageValues, stage: StageValues): StageValues {
  const of = (name: string): StageValues => (overrides.has(name) ? overrides : stage);
  return {
    has: (name) => of(name).has(name),
    text: (name) => of(name).text(name),
    ref: (name, wanted) => of(name).ref(name, wanted),
  };
}

/** How the canary of a stage is named, as in the logs of the service. */
export const CANARY = '/Canary';

/** The variables of a stage of the snapshot. Undefined: they were not read. */
function readValues({ variables }: Pick<Stage, 'variables'>): StageValues | undefined {
  if (variables === undefined) return undefined;

  const text = (name: string): string | undefined => (Object.hasOwn(variables, name) ? variables[name] : undefined);
  return { has: (name) => text(name) !== undefined, text, ref: text };
}

type Named = Pick<Integration, 'linkId' | 'uri' | 'balancer'>;

/** An integration on a stage. A URI whose port is not known there is undefined. */
export interface OnStage extends Named {
  readonly stage: string;
  /** The variables that the stage does not have. */
  readonly lacking: readonly string[];
}

/**
 * An integration that is named by variables, as it is on the stages of its gateway where all agree, or on one of them:
 * {@link View.every} stage is judged.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html
 * @throws {UnknownAttribute} where the values of a stage are not known, or the gateway has no stage
 */
export function onStage(view: View, draft: DraftRegion, gatewayId: string, named: Named): OnStage {
  const shown = variablesIn(named.linkId, named.uri, named.balancer).join(', ');
  const gateway = draft.get('gateways', gatewayId);
  const unknown = (why: string): UnknownAttribute => view.unknown('connection_id', [why]);
  // Of HTTP APIs the guide has variables in HTTP URIs, and in none of what a private integration names.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.stage-variables-reference.html
  if (gateway === undefined || !NAMING.has(gateway.kind))
    throw unknown(`it names ${shown} of a stage, which is not documented for an HTTP API`);

  const stages = new Map<string, StageValues | undefined>(
    gateway.stages.flatMap(({ name, variables, canary }) => [
      [name, readValues({ variables })] as const,
      ...(canary?.variables === undefined
        ? []
        : [[`${name}${CANARY}`, readValues({ variables: { ...variables, ...canary.variables } })] as const]),
    ]),
  );
  for (const [name, values] of draft.routes.stageValues.get(gatewayId) ?? []) stages.set(name, values);
  const resolve = (stage: string): OnStage => {
    const values = stages.get(stage);
    if (values === undefined) throw unknown(`the values of ${shown} on stage ${stage} were not read`);

    return resolved(named, stage, values);
  };
  const names = [...stages.keys()].toSorted();
  const same = agreed(names, resolve);
  if (same !== undefined) return same;
  if (names.length === 0) throw unknown(`no stage that has a value of ${shown} is in ${view.lookup.words.plan}`);

  const stage = view.every(gatewayId, names);
  draft.routes.onlyStages.set(gatewayId, stage.replace(CANARY, ''));
  return resolve(stage);
}

/** What an integration is on each of several stages, where it is the same on all. */
function agreed(stages: readonly string[], resolve: (stage: string) => OnStage): OnStage | undefined {
  try {
    const [first, ...others] = stages.map(resolve);
    const isSame = others.every(
      (one) => canonicalJson({ ...one, stage: '' }) === canonicalJson({ ...first, stage: '' }),
    );
    return isSame ? first : undefined;
  } catch (error) {
    if (error instanceof UnknownAttribute) return undefined;

    throw error;
  }
}

function resolved(named: Named, stage: string, values: StageValues): OnStage {
  const lacking = variablesIn(named.linkId, named.uri, named.balancer).filter((name) => !values.has(name));
  if (lacking.length > 0) return { ...named, stage, lacking };

  return {
    stage,
    lacking,
    linkId: put(named.linkId, values, LINK) ?? '',
    balancer: put(named.balancer, values, BALANCER),
    uri: named.uri === undefined ? undefined : putUri(named.uri, values),
  };
}

/** A link or a load balancer: a variable is its whole name. */
function put(text: string | undefined, values: StageValues, wanted: AttributeUse): string | undefined {
  const [name, ...others] = variablesIn(text);
  if (text === undefined || name === undefined) return text;
  if (others.length === 0 && text === `\${stageVariables.${name}}`) return values.ref(name, wanted);

  return withTexts(text, values);
}

/** A URI whose port is known: what is not known stands behind the port, or in the name of the host before it. */
function putUri(uri: string, values: StageValues): string | undefined {
  const whole = withTexts(uri, values);
  if (whole !== undefined) return whole;

  const [, authority = ''] = /^https?:\/\/([^/?#]*)/i.exec(uri) ?? [];
  const open = variablesIn(authority).filter((name) => values.text(name) === undefined);
  if (authority === '' || (open.length > 0 && !/:\d+$/.test(authority))) return undefined;

  return uri.replaceAll(VARIABLE, (_, name: string) => values.text(name) ?? 'variable');
}

function withTexts(text: string, values: StageValues): string | undefined {
  if (variablesIn(text).some((name) => values.text(name) === undefined)) return undefined;

  return text.replaceAll(VARIABLE, (_, name: string) => values.text(name) ?? '');
}
