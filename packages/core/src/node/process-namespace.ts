import { readlinkSync } from 'node:fs';

/** ` pid:[4026531836]` on Linux: two containers may share a host's name and not its processes. */
export function processNamespace(): string {
  try {
    return ` ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}
