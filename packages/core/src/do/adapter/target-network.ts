import { InvalidInputError } from '../../ground/errors.js';
import type { Target } from '../model/target.js';

/**
 * The target, unless it is in another network than the link. `driverOf` asks this of each target that an adapter resolves; an adapter asks
 * where it reads the network of the link itself. A target or a link without a network is accepted.
 * @throws {InvalidInputError} `WRONG_NETWORK`
 */
export function inNetwork(target: Target, networkId: string | undefined): Target {
  if (networkId === undefined || target.networkId === undefined || target.networkId === networkId) return target;

  const message = `${target.name ?? target.id} is in ${target.networkId}, but the link is in ${networkId}`;
  throw new InvalidInputError('WRONG_NETWORK', message, {
    remedy: `Use a link in ${target.networkId}, or a target in ${networkId}.`,
    details: { networkId: target.networkId, expected: networkId },
  });
}
