import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

const indigo: MantineColorsTuple = [
  "#eeeefb",
  "#dedef6",
  "#bdbcec",
  "#9c9ae6",
  "#7f7cd9",
  "#6561cb",
  "#4f4ab5",
  "#433f9c",
  "#383581",
  "#2d2b66",
];

/** Greys with a little warmth; Mantine's own controls are drawn in them. */
const gray: MantineColorsTuple = [
  "#f7f5f2",
  "#f0ede9",
  "#e5e1db",
  "#d5d0c8",
  "#b9b3a9",
  "#8f887d",
  "#6b655c",
  "#544f48",
  "#38342f",
  "#24211e",
];

const dark: MantineColorsTuple = [
  "#ebe8e3",
  "#b5afa6",
  "#99938a",
  "#7d776f",
  "#4a4641",
  "#3a3733",
  "#2a2826",
  "#201f1d",
  "#191817",
  "#121110",
];

const quietInks = new Map<string, readonly [ink: string, soft: string]>([
  ["red", ["var(--danger)", "var(--danger-soft)"]],
  ["gray", ["var(--text-quiet)", "var(--hover)"]],
]);
const veil = { backgroundOpacity: 0.24 };

export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 6, dark: 5 },
  colors: { indigo, gray, dark },
  fontFamily: "var(--font-text)",
  fontFamilyMonospace: "var(--font-code)",
  fontSizes: { xs: "0.75rem", sm: "0.875rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.25", sm: "1.35", md: "1.5", lg: "1.5", xl: "1.35" },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "8px", xl: "16px" },
  variantColorResolver(input) {
    const colors = defaultVariantColorsResolver(input);
    // Quiet buttons take the tokens' inks, which keep their contrast in both themes.
    if (input.variant !== "subtle" && input.variant !== "light") return colors;
    const [ink, soft] = quietInks.get(input.color ?? "") ?? ["var(--accent)", "var(--accent-soft)"];
    const background = input.variant === "light" ? soft : "transparent";
    return { ...colors, color: ink, hover: soft, background };
  },
  respectReducedMotion: true,
  cursorType: "default",
  shadows: { md: "var(--shadow-float)", lg: "var(--shadow-float)", xl: "var(--shadow-float)" },
  components: {
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    SegmentedControl: { defaultProps: { withItemsBorders: false } },
    Select: { defaultProps: { size: "sm", allowDeselect: false } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, multiline: true, maw: 320 } },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 120, transition: "fade" } } },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 120, transition: "fade" } } },
    Modal: {
      defaultProps: {
        centered: true,
        shadow: "md",
        overlayProps: veil,
        transitionProps: { duration: 140, transition: "fade" },
      },
    },
    Drawer: { defaultProps: { shadow: "md", overlayProps: veil, transitionProps: { duration: 160 } } },
  },
});

/** Mantine's surfaces take the tokens of tokens.css, so that one file holds the colours. */
export const cssVariables: CSSVariablesResolver = () => {
  const surfaces = {
    "--mantine-color-body": "var(--surface)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-dimmed": "var(--text-quiet)",
    "--mantine-color-default": "var(--paper)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--text)",
    "--mantine-color-default-border": "var(--control-line)",
    "--mantine-color-placeholder": "var(--text-quiet)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-error": "var(--danger)",
  };
  return { variables: {}, light: surfaces, dark: surfaces };
};
