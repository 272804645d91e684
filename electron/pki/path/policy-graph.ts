import { OID } from '../oids.ts';

/**
 * valid_policy_graph of RFC 9618, which replaces the tree of RFC 5280, 6.1: the same answers, but its size is the sum of what the certificates
 * say, where the tree's is the product (CVE-2023-0464). Levels are values; nothing is changed once it was made.
 */
export interface PolicyNode {
  readonly policy: string;
  /** Policies of the next certificate that count as this one. */
  readonly expected: ReadonlySet<string>;
  readonly parents: readonly PolicyNode[];
}

/** Nodes of one depth by valid_policy; the graph is its deepest level, as nodes without children are dropped. null: no valid policy. */
export type PolicyLevel = ReadonlyMap<string, PolicyNode>;

export function rootLevel(): PolicyLevel {
  const root: PolicyNode = { policy: OID.anyPolicy, expected: new Set([OID.anyPolicy]), parents: [] };
  return new Map([[OID.anyPolicy, root]]);
}

/** 6.1.3 (d). `anyAllowed`: anyPolicy of this certificate counts. */
export function addPolicies(
  level: PolicyLevel,
  policies: ReadonlySet<string>,
  anyAllowed: boolean,
): PolicyLevel | null {
  const expecting = new Map<string, PolicyNode[]>();
  for (const node of level.values()) {
    for (const policy of node.expected) {
      const nodes = expecting.get(policy);
      if (nodes === undefined) expecting.set(policy, [node]);
      else nodes.push(node);
    }
  }
  const any = level.get(OID.anyPolicy);
  const next = new Map<string, PolicyNode>();
  const add = (policy: string, parents: readonly PolicyNode[]) =>
    next.set(policy, { policy, expected: new Set([policy]), parents });
  for (const policy of policies) {
    if (policy === OID.anyPolicy) continue;
    const parents = expecting.get(policy) ?? (any === undefined ? null : [any]);
    if (parents !== null) add(policy, parents);
  }
  if (policies.has(OID.anyPolicy) && anyAllowed) {
    for (const [policy, parents] of expecting) if (!next.has(policy)) add(policy, parents);
  }
  return next.size === 0 ? null : next;
}

/** 6.1.4 (b). `allowed`: policy_mapping is not yet 0; otherwise mapped policies end here. */
export function mapPolicies(
  level: PolicyLevel,
  mappings: ReadonlyMap<string, ReadonlySet<string>>,
  allowed: boolean,
): PolicyLevel | null {
  const next = new Map(level);
  const any = level.get(OID.anyPolicy);
  for (const [issuerPolicy, expected] of mappings) {
    const node = level.get(issuerPolicy);
    if (!allowed) next.delete(issuerPolicy);
    else if (node !== undefined) next.set(issuerPolicy, { ...node, expected });
    else if (any !== undefined) next.set(issuerPolicy, { policy: issuerPolicy, expected, parents: any.parents });
  }
  return next.size === 0 ? null : next;
}

/**
 * 6.1.5 (g): policies of the anchor's domain that the whole path is valid for: nodes that are no anyPolicy below one that is. anyPolicy itself
 * is among them where the last certificate has it.
 */
export function authorityPolicies(level: PolicyLevel): ReadonlySet<string> {
  const found = new Set<string>(level.has(OID.anyPolicy) ? [OID.anyPolicy] : []);
  const visited = new Set<PolicyNode>();
  const queue = [...level.values()];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (visited.has(node)) continue;
    visited.add(node);
    if (node.policy !== OID.anyPolicy && node.parents.some(({ policy }) => policy === OID.anyPolicy)) {
      found.add(node.policy);
    }
    queue.push(...node.parents);
  }
  return found;
}
