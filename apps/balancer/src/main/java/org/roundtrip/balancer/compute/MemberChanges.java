/*
 * Copyright 2026 The Roundtrip Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.roundtrip.balancer.compute;

import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberChange;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberOperation;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.RequestException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Changes of members of a virtual server, all or none.
 */
public final class MemberChanges {

    private static final Pattern MEMBER = Pattern.compile("members\\[([0-9]+)](.*)");

    private MemberChanges() {
    }

    /**
     * Returns what a virtual server is asked to be after changes. Members that are new come last.
     *
     * @param request what was asked for
     * @param changes the changes
     * @return what is asked for then
     * @throws InvalidRequestException if a member is named twice, or can't be a member; names the change
     * @throws NotFoundException       if there is no such member to take out; names the change
     */
    public static VirtualServerRequest apply(VirtualServerRequest request, List<MemberChange> changes) {
        requireDifferent(changes);
        Map<MemberId, Member> members = new LinkedHashMap<>();
        request.members().forEach(member -> members.put(member.id(), member));
        for (int i = 0; i < changes.size(); i++) {
            MemberChange change = changes.get(i);
            if (change.operation() == MemberOperation.MERGE) {
                members.compute(change.member(), (id, present) -> merge(change, present));
            } else if (members.remove(change.member()) == null) {
                throw new NotFoundException(field(i), "the virtual server '" + request.name()
                        + "' has no member " + change.member());
            }
        }
        List<Member> changed = new ArrayList<>(members.values());
        try {
            return VirtualServerRequest.builder().from(request).members(changed).build();
        } catch (InvalidRequestException refusal) {
            throw asChanged(refusal, changed, changes);
        }
    }

    private static Member merge(MemberChange change, Member present) {
        Member.Builder member = Member.builder();
        if (present == null) {
            member.address(change.address()).port(change.port());
        } else {
            member.from(present);
        }
        change.weight().ifPresent(member::weight);
        change.state().ifPresent(member::state);
        return member.build();
    }

    private static void requireDifferent(List<MemberChange> changes) {
        List<FieldError> errors = new ArrayList<>();
        Map<MemberId, Integer> named = new LinkedHashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            Integer earlier = named.putIfAbsent(changes.get(i).member(), i);
            if (earlier != null) {
                errors.add(FieldError.of(field(i), "is about the same member as " + field(earlier) + ", "
                        + changes.get(i).member() + ": name each member once"));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
    }

    /**
     * Returns a refusal of what a virtual server would be after changes, as one of the changes.
     *
     * @param refusal why it can't be
     * @param changed what it would be
     * @param changes the changes
     * @return the refusal, whose fields are those of the changes where they have to do with a changed member
     */
    public static RequestException asChanged(RequestException refusal, VirtualServerRequest changed,
                                             List<MemberChange> changes) {
        return asChanged(refusal, changed.members(), changes);
    }

    private static RequestException asChanged(RequestException refusal, List<Member> members,
                                              List<MemberChange> changes) {
        List<MemberId> named = changes.stream().map(MemberChange::member).collect(Collectors.toList());
        return refusal.withErrors(refusal.errors().stream().map(error -> {
            Matcher matcher = MEMBER.matcher(error.field());
            if (!matcher.matches()) {
                return error;
            }
            int change = named.indexOf(members.get(Integer.parseInt(matcher.group(1))).id());
            return change < 0 ? error : FieldError.of(field(change) + matcher.group(2), error.detail());
        }).collect(Collectors.toList()));
    }

    /** The changes are a list of members, as faces show it. */
    private static String field(int change) {
        return "members[" + change + "]";
    }
}
