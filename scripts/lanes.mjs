// Runs checks two at a time, which is what the smallest machine has cores for.

/**
 * Starts the checks in the order of the list, except that one with `after` waits until the checks of these names have passed (where one of
 * them is not in the list, it counts as passed). `run` says whether a check passed; `leaveOut(check, name)` is told of one that cannot run,
 * since the check of that name did not pass.
 */
export async function inLanes(checks, run, leaveOut, lanes = 2) {
  const left = [...checks];
  const outcomes = new Map(checks.map(({ name }) => [name, undefined]));
  let changed = signal();
  const failedBefore = ({ after = [] }) => after.find((name) => outcomes.get(name) === false);
  const isReady = ({ after = [] }) => after.every((name) => outcomes.get(name) === true || !outcomes.has(name));
  const settle = (check, passed) => {
    outcomes.set(check.name, passed);
    changed.resolve();
    changed = signal();
  };
  const lane = async () => {
    while (left.length > 0) {
      const at = left.findIndex((check) => isReady(check) || failedBefore(check) !== undefined);
      if (at < 0) {
        await changed.promise;
        continue;
      }
      const [check] = left.splice(at, 1);
      const failed = failedBefore(check);
      if (failed === undefined) settle(check, await run(check));
      else {
        leaveOut(check, failed);
        settle(check, false);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function signal() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}
