import { InvalidInputError } from '@postern/core/internal/library';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { changeAllowlist, listAllowlist } from '../../links/allowlist.js';

/**
 * `postern allow`: adds blocks to a link's allowlist, on the ports of its targets or those of `--ports`; with `--list`, shows what
 * it may reach.
 */
export function allow(invocation: CallOf<typeof grammar.allow>): Promise<number> {
  const { args, options } = invocation;
  const listing = options.list === true || options.resources === true;
  if (listing && args.length > 1) throw usage('--list changes nothing', 'Remove the blocks, or remove --list.');
  if (listing && options.ports !== undefined)
    throw usage('--list changes nothing', 'Remove --ports, or remove --list.');
  if (!listing && args.length < 2)
    throw usage('no CIDR blocks given', 'Write them, such as 10.20.0.0/20, or add --list.');

  return listing ? listAllowlist(invocation, options.resources === true) : changeAllowlist('allow', invocation);
}

function usage(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}

/** `postern revoke`: removes blocks from a link's allowlist. */
export function revoke(invocation: CallOf<typeof grammar.revoke>): Promise<number> {
  return changeAllowlist('revoke', invocation);
}
