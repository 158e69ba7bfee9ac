import { apply, destroy, plan } from './grammar/change.js';
import { cidr } from './grammar/cidr.js';
import type { CommandDescription, CommandGroup } from './grammar/description.js';
import { check, explain, snapshot } from './grammar/judge.js';
import { allow, egress, forget, links, revoke } from './grammar/links.js';
import { migrate } from './grammar/migrate.js';
import { simulate } from './grammar/simulate.js';
import { importing, init } from './grammar/specs.js';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly (CommandDescription | CommandGroup)[] = [
  init,
  importing,
  check,
  explain,
  plan,
  apply,
  destroy,
  links,
  egress,
  allow,
  revoke,
  forget,
  snapshot,
  migrate,
  cidr,
  simulate,
];
