import type { Params } from '../../../../do/findings/finding.js';
import type { PathReason } from '../../../path/model/reasons.js';
import type { Hop } from '../../../path/model/path.js';
import type { DescribedHop } from '../../../path/model/step.js';
import type { Described } from '../../../path/model/reasons.js';
import { aroundParams, aroundText } from './around.js';
import { pathSays } from './index.js';
import type { Inner, Said } from './path-says.js';

/** The sentences of a hop, and its published facts; undefined where it has no reason: it passes. */
export function saidOf({ why, around = [] }: Described): (Said & { readonly params: Params }) | undefined {
  if (why === undefined) return undefined;
  const said = reasonSaid(why);
  let { because } = said;
  let params = said.params ?? (why.params as Params);
  for (const one of around) {
    because = aroundText(because, one);
    params = { ...params, ...aroundParams(one) };
  }
  return { ...said, because, params };
}

function reasonSaid({ code, params }: PathReason): Said {
  // The compiler does not see that the facts are those of the code.
  const say = pathSays[code] as (facts: unknown, inner: (described: Described) => Inner) => Said;
  return say(params, innerOf);
}

/** The reason of a hop as a part of another one. */
export function innerOf(described: Described): Inner {
  const { because = described.text, remedy, params } = saidOf(described) ?? {};
  return { because, remedy, under: (name) => ({ [name]: described.why?.code, ...params }) };
}

/** A hop as it is shown. */
export function hopOf(described: DescribedHop): Hop {
  const { kind, id, text, code, hop, verdict, why } = described;
  const said = saidOf(described);
  if (said === undefined || why === undefined) return { kind, id, text, hop, verdict };
  return {
    kind,
    id,
    text: said.text ?? text,
    ...(code === undefined ? {} : { code }),
    why: { code: why.code, params: said.params },
    because: said.because,
    ...(said.remedy === undefined ? {} : { remedy: said.remedy }),
    hop,
    verdict,
  };
}
