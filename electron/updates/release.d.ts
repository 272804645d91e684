import { z } from 'zod';
/** What is signed about one release; RELEASE.md says each member in words. */
/** The `appId` that the app is packed under: an update of another product signed with the same key is not ours. */
export declare const PRODUCT = "org.lexpost.client";
export declare const PAYLOAD_TYPE = "application/vnd.lexpost.release+json";
export declare const CHANNELS: readonly ['stable', 'beta'];
export declare const KINDS: readonly ['nsis', 'dmg', 'AppImage', 'deb'];
/** Three numbers: what comes earlier than a version travels in a channel of its own. */
export declare const version: z.ZodString;
/** Counts the releases of a channel. */
export declare const releaseNumber: z.ZodInt;
declare const installer: z.ZodObject<{
    platform: z.ZodEnum<{
        darwin: "darwin";
        linux: "linux";
        win32: "win32";
    }>;
    arch: z.ZodEnum<{
        arm64: "arm64";
        x64: "x64";
    }>;
    kind: z.ZodEnum<{
        AppImage: "AppImage";
        deb: "deb";
        dmg: "dmg";
        nsis: "nsis";
    }>;
    name: z.ZodString;
    size: z.ZodInt;
    sha256: z.ZodType<import("../../shared/model/brand.ts").Sha256, unknown, z.core.$ZodTypeInternals<import("../../shared/model/brand.ts").Sha256, unknown>>;
}, z.core.$strict>;
export type Installer = z.infer<typeof installer>;
export declare const release: z.ZodObject<{
    schema: z.ZodLiteral<1>;
    product: z.ZodLiteral<"org.lexpost.client">;
    channel: z.ZodEnum<{
        beta: "beta";
        stable: "stable";
    }>;
    release: z.ZodInt;
    version: z.ZodString;
    publishedAt: z.ZodISODateTime;
    expiresAt: z.ZodISODateTime;
    installers: z.ZodArray<z.ZodObject<{
        platform: z.ZodEnum<{
            darwin: "darwin";
            linux: "linux";
            win32: "win32";
        }>;
        arch: z.ZodEnum<{
            arm64: "arm64";
            x64: "x64";
        }>;
        kind: z.ZodEnum<{
            AppImage: "AppImage";
            deb: "deb";
            dmg: "dmg";
            nsis: "nsis";
        }>;
        name: z.ZodString;
        size: z.ZodInt;
        sha256: z.ZodType<import("../../shared/model/brand.ts").Sha256, unknown, z.core.$ZodTypeInternals<import("../../shared/model/brand.ts").Sha256, unknown>>;
    }, z.core.$strict>>;
}, z.core.$strict>;
export type Release = z.infer<typeof release>;
/** Less than 0 where `a` is the older one. */
export declare function compareVersions(a: string, b: string): number;
export {};
