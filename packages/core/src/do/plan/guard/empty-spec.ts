import { InvalidInputError } from '../../../ground/errors.js';
import type { Spec } from '../../spec.js';

/**
 * Refuses a spec that declares nothing: the file was probably cut off. `destroy` is how all is deleted.
 * @throws {InvalidInputError} `EMPTY_SPEC`
 */
export function refuseEmpty({ links, integrations, places }: Pick<Spec, 'links' | 'integrations' | 'places'>): void {
  if (Object.keys(links).length + Object.keys(integrations).length > 0) return;
  throw new InvalidInputError('EMPTY_SPEC', 'the spec declares no links and no integrations', {
    place: places?.('project'),
    remedy: 'Check that the file is complete. To delete all that the spec owns, run `postern destroy`.',
  });
}
