import type { Scope } from './scope.js';
import type { Tool } from './tool.js';
import { apply } from './tools/apply.js';
import { check } from './tools/check.js';
import { explain } from './tools/explain.js';
import { findPath } from './tools/find-path.js';
import { inspect } from './tools/inspect.js';
import { plan } from './tools/plan.js';
import { status } from './tools/status.js';
import { whatIf } from './tools/what-if.js';

/** The tools of a server, always in this order: hosts cache what they tell a model about them. */
export function toolsOf({ options }: Scope): readonly Tool[] {
  const reading = [check, explain, whatIf, findPath, inspect, plan, status];
  return options.allowApply === true ? [...reading, apply] : reading;
}
