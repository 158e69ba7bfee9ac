import { PosternError } from '@postern/core/adapter';

/** Another writer changed what a move is about. Nothing was overwritten. */
export function changedMeanwhile(what: string): PosternError {
  return new PosternError('WORLD_MOVED', what, {
    remedy: 'Plan the move again: another writer changed the gateway after it was planned.',
  });
}
