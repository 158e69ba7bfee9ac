import { PLAN_VERSION, type Plan } from '../do/plan/plan.js';
import { decode, type DecodeOptions } from './decode.js';
import { planSchema } from './plan-schema.js';

/**
 * Reads the text of a plan file. A valid structure does not show what its steps would do: `apply` computes
 * the plan again and refuses one that differs.
 * @throws {PosternError} as `decodeSnapshot`.
 */
export function decodePlan(text: string, options: DecodeOptions = {}): Plan {
  return decode(text, planSchema, { what: 'plan', version: PLAN_VERSION }, options);
}
