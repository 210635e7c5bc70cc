package io.github.acrattach.domain.installation;

import java.util.List;
import java.util.Locale;

/**
 * What one role allows: its actions without its not-actions, in which {@code *} stands for any letters
 * (learn.microsoft.com/azure/role-based-access-control/role-definitions). What another role allows, this one's not-actions
 * do not take away.
 */
public record Permission(List<String> actions, List<String> notActions) {

    public Permission {
        actions = List.copyOf(actions);
        notActions = List.copyOf(notActions);
    }

    /** Whether this role allows the action. */
    public boolean allows(String action) {
        return matches(actions, action) && !matches(notActions, action);
    }

    private static boolean matches(List<String> patterns, String action) {
        return patterns.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), lower(action)));
    }

    private static String lower(String action) {
        return action.toLowerCase(Locale.ROOT);
    }

    /** By hand, in linear time: the patterns come from outside, and a regular expression of many stars takes ages. */
    private static boolean matches(String pattern, String text) {
        int star = -1;
        int resume = 0;
        int at = 0;
        int in = 0;
        while (at < text.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < pattern.length() && pattern.charAt(in) == text.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(in).chars().allMatch(letter -> letter == '*');
    }
}
